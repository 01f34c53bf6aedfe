"""Print the bill of materials (CycloneDX 1.6) of dabiao as it is installed here.

    python .ci/bill_of_materials.py >dabiao.cdx.json

Every package that dabiao needs to run, with its version, its licence, and the hashes of its files
as ``locked.txt`` has them. The same installation gives the same bytes. Ends with 1, and prints
nothing, where a licence is unknown or is none of those that may be passed on with any program.
"""

import json
import re
import sys
import uuid
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LOCKED = Path(__file__).parents[1] / "locked.txt"
EXTRAS = ("", "seal", "word")
ALLOWED = re.compile(
    r"Apache(?:-2\.0| Software License)|MIT(?: License)?|BSD(?:-[23]-Clause| License)|0BSD"
    r"|ISC(?: License \(ISCL\))?|PSF-2\.0|Python Software Foundation License|CC0-1\.0|Zlib"
    r"|LGPL-2\.1-only|MIT-0",
    re.IGNORECASE,
)
"""LGPL: docxtpl, which is imported as it is, and only for letters."""
_CLASSIFIER = "License :: OSI Approved :: "


def needed() -> list[str]:
    """List what dabiao needs to run here, itself left out."""
    found: dict[str, metadata.Distribution] = {}
    waiting = ["dabiao"]
    while waiting:
        name = canonicalize_name(waiting.pop())
        if name in found:
            continue
        found[name] = metadata.distribution(name)
        for line in found[name].requires or ():
            wanted = Requirement(line)
            extras = EXTRAS if name == "dabiao" else ("",)
            if wanted.marker is None or any(wanted.marker.evaluate({"extra": e}) for e in extras):
                waiting.append(wanted.name)
    return sorted(found.keys() - {"dabiao"})


def licence(name: str) -> str:
    """Give the licence of a package as its own description has it."""
    told = metadata.metadata(name)
    if expression := told.get("License-Expression"):
        return expression
    classified = [
        each.removeprefix(_CLASSIFIER)
        for each in told.get_all("Classifier") or ()
        if each.startswith(_CLASSIFIER)
    ]
    if classified:
        return " AND ".join(sorted(classified))
    return (told.get("License") or "").strip().partition("\n")[0]


def may_be_used(said: str) -> bool:
    """Tell whether all that a licence is made of may be passed on with any program."""
    parts = re.split(r"\s+(?:AND|OR|WITH)\s+", said)
    return all(ALLOWED.fullmatch(part.strip()) for part in parts)


def hashes() -> dict[str, list[str]]:
    """Read the hashes of every package that is locked."""
    found: dict[str, list[str]] = {}
    name = ""
    for line in LOCKED.read_text("utf-8").splitlines():
        if begins := re.match(r"([A-Za-z0-9._-]+)==", line):
            name = canonicalize_name(begins[1])
        found.setdefault(name, []).extend(re.findall(r"--hash=sha256:([0-9a-f]{64})", line))
    return found


def bill() -> dict[str, object]:
    """Make the bill of materials.

    Raises:
        ValueError: A licence is unknown or not one of those allowed.
    """
    refused = {name: licence(name) for name in needed() if not may_be_used(licence(name))}
    if refused:
        raise ValueError(f"licences that nobody has allowed: {refused}")
    known = hashes()
    version = metadata.version("dabiao")
    components = [
        {
            "type": "library",
            "bom-ref": f"{name}@{metadata.version(name)}",
            "name": name,
            "version": metadata.version(name),
            "purl": f"pkg:pypi/{name}@{metadata.version(name)}",
            "licenses": [{"license": {"name": licence(name)}}],
            "externalReferences": [
                {
                    "type": "distribution",
                    "url": f"pkg:pypi/{name}@{metadata.version(name)}",
                    "hashes": [{"alg": "SHA-256", "content": each} for each in known.get(name, ())],
                }
            ],
        }
        for name in needed()
    ]
    content = json.dumps(components, sort_keys=True)
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, content)}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": f"dabiao@{version}",
                "name": "dabiao",
                "version": version,
                "licenses": [{"license": {"id": "Apache-2.0"}}],
            }
        },
        "components": components,
        "dependencies": [
            {
                "ref": f"dabiao@{version}",
                "dependsOn": [str(each["bom-ref"]) for each in components],
            }
        ],
    }


if __name__ == "__main__":
    try:
        print(json.dumps(bill(), ensure_ascii=False, indent=2))
    except ValueError as error:
        sys.exit(str(error))
