"""Which clients of a portfolio a typed name finds.

Source: guide Mes Solutions Plus, « Retrouver le dossier » (PTF-10 to PTF-12): « % » alone lists
everybody, as an empty search does; elsewhere it is a character like any other.
"""

from avenant_rules.decision import Bag, Because, Struct, Tables, decision
from avenant_rules.folding import folded_words


class ClientSearch(Struct):
    """The names of the seller's own clients, and the text typed."""

    client_names: Bag[str]
    query: str


class ClientsFound(Struct):
    """The names found; two clients of one name are two."""

    matching_names: Bag[str]


@decision("portfolio.client_search", rules=["4/PTF-10", "4/PTF-11", "4/PTF-12"], carrier="smatis")
def client_search(search: ClientSearch, tables: Tables, because: Because) -> ClientsFound:
    """Clients found by a name search.

    Each word typed must stand somewhere in the name, whatever its case, accents and order.
    """
    query = search.query.strip()
    if query in ("", tables.portfolio_search.everybody):
        because.parameter(tables.portfolio_search, "everybody")
        return ClientsFound(matching_names=search.client_names)
    words = folded_words(query)
    found = [name for name in search.client_names if words and _has(words, name)]
    because.rule("4/PTF-10")
    because.rule("4/PTF-11", "found" if found else "nobody", count=len(found))
    return ClientsFound(matching_names=found)


def _has(words: list[str], name: str) -> bool:
    plain = " ".join(folded_words(name))
    return all(word in plain for word in words)
