"""The elements of an XML file from a stranger, one at a time and in bounded memory."""

from collections.abc import Iterator
from io import BytesIO

from lxml import etree


def elements(body: bytes, *tags: str) -> Iterator[etree._Element]:
    """Those of some tags (``{*}name`` in any namespace), each as it ends, then forgotten.

    No entity is resolved and nothing is fetched; where the file breaks off, so do they.
    """
    events = etree.iterparse(
        BytesIO(body),
        tag=tags,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=True,
    )
    try:
        for _, element in events:
            yield element
            element.clear(keep_tail=False)
            parent = element.getparent()
            while parent is not None and element.getprevious() is not None:
                del parent[0]
    except etree.XMLSyntaxError:
        pass  # what came before it counts
