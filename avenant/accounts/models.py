"""People who sign in to the office side. Clients of a live session have no account (4/AUT-13)."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from avenant.carriers.packs import pack, pack_names


class Role(models.TextChoices):
    """What a person does here. One account, one role, one carrier."""

    ADVISOR = "advisor", _("conseiller")
    FIRM_MANAGER = "firm_manager", _("gérant de cabinet")
    MANAGING_AGENCY = "managing_agency", _("agence générale (MGA)")
    UNDERWRITER = "underwriter", _("sélection des risques")
    CONTRACT_ADMINISTRATION = "contract_administration", _("administration des contrats")
    AGREEMENTS = "agreements", _("ententes et commissions")
    CLAIMS = "claims", _("règlements")
    SELLER = "seller", _("vendeur")
    BACK_OFFICE = "back_office", _("service de gestion")
    PLATFORM_ADMIN = "platform_admin", _("administration de la plateforme")


# Roles that read every submitted file of their carrier.
CARRIER_READERS: tuple[Role, ...] = (Role.CONTRACT_ADMINISTRATION, Role.UNDERWRITER)


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """Someone with an account. The e-mail is the one identifier (4/AUT-01)."""

    email = models.EmailField(_("courriel"), max_length=254, unique=True)
    name = models.CharField(_("nom"), max_length=120)
    role = models.CharField(max_length=30, choices=Role)
    carrier = models.CharField(max_length=40, blank=True)  # a pack; empty for the platform
    language = models.CharField(max_length=2, default="fr")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    # Raised to end every web session of the person; sessions of another round are not taken.
    session_round = models.PositiveIntegerField(default=0)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_account_per_email"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def carrier_label(self) -> str:
        """The name of the carrier one works for, as the reader calls it; empty for the platform's people."""
        return pack(self.carrier).label if self.carrier in pack_names() else self.carrier

    @property
    def is_staff(self) -> bool:
        """The platform's own staff, who see the design page."""
        return self.role == Role.PLATFORM_ADMIN

    def get_full_name(self) -> str:
        return self.name

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session must hold to be this person's: it follows the password and the round."""
        usual: str = super()._get_session_auth_hash(secret=secret)  # type: ignore[misc]
        return f"{usual}:{self.session_round}" if self.session_round else usual


class Invitation(models.Model):
    """A link by mail with which somebody enrolled chooses a password, once."""

    user = models.ForeignKey(User, models.CASCADE, related_name="invitations")
    token_digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.user_id}"
