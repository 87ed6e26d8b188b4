"""What second factors are made from is kept encrypted: with it, anybody makes the codes."""

from allauth.mfa.adapter import DefaultMFAAdapter

from avenant.crypto import decrypt, encrypt


class SecondFactorAdapter(DefaultMFAAdapter):
    """The library's own, whose secrets the database alone does not give."""

    def encrypt(self, text: str) -> str:
        return encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return decrypt(encrypted_text.encode()).decode()
