"""Writes `types.txt`: the attributes and blocks of resource types, from the CDKTF packages of their providers.

    python3 generate.py TYPES PACKAGE... > types.txt

The lines of TYPES begin with a type: `aws_s3_bucket`, or `data.aws_region`; those of an earlier `types.txt` do. A PACKAGE is the unpacked folder of one of npm's
`@cdktf/provider-*` (`npm pack`, `tar xzf`). Their JavaScript carries the TypeScript that it was made of, whose comments and
classes repeat the provider's schema. Where several packages have a type, the first is taken, and those after it add the
attributes and blocks that it has no longer, so name the newest first.
"""

import base64
import json
import pathlib
import re
import sys

CLASSES = re.compile(r"^export (class|interface|function) (\w+)", re.M)
MEMBER = re.compile(r"// (\w+) - computed: (true|false), optional: (true|false), required: (true|false)\n")
BLOCK = re.compile(r"\* (\w+) block\n")
DECLARED = re.compile(r"#(\w+) [^}]*\}\n +\*/\n +readonly \w+\??: ([^;]+);")
SETTABLE = re.compile(r'^ +(\w+): \{\s+value: .*\s+isBlock: \w+,\s+type: "(\w+)",\s+storageClassType: "(\w+)"', re.M)
PRIMITIVES = {"string": "s", "number": "n", "boolean": "b"}
# The resource and data source of the provider that Terraform itself contains.
# Source: <https://developer.hashicorp.com/terraform/language/resources/terraform-data>,
# <https://developer.hashicorp.com/terraform/language/state/remote-state-data>.
BUILT_IN = {
    "terraform_data": {"id": "!s", "input": "=d", "output": "!d", "triggers_replace": "=d"},
    "data.terraform_remote_state": {"backend": "*s", "config": "=d", "defaults": "=d", "outputs": "!d", "workspace": "=s"},
}
HIDDEN = {"provider", "count", "for_each", "depends_on", "lifecycle", "connection", "provisioners"}


def source(script):
    """The TypeScript that a script was made of; none where it does not tell."""
    found = re.search(r"sourceMappingURL=data:application/json[^,]*,(\S+)", script.read_text())
    return json.loads(base64.b64decode(found.group(1)))["sourcesContent"][0] if found else ""


class Definitions:
    """The classes, interfaces and functions of one resource type."""

    def __init__(self, path):
        self.parts, self.around = {}, []
        for script in sorted(path.rglob("*.js")) if path.is_dir() else [path]:
            text = source(script)
            starts = list(CLASSES.finditer(text)) + [None]
            for start, end in zip(starts, starts[1:]):
                self.parts[start.group(2)] = text[start.start():end.start() if end else len(text)]

    def body(self, name, config, hcl):
        """The attributes and blocks that a class has."""
        members = MEMBER.split(self.parts.get(name, ""))
        blocks = set(BLOCK.findall(self.parts.get(config, "")))
        settable = {key: rest for key, *rest in SETTABLE.findall(self.parts.get(hcl, ""))}
        body = {}
        for at in range(1, len(members), 5):
            key, computed, optional, required, text = members[at:at + 5]
            if key in HIDDEN and hcl == name:
                continue
            kind = self.kind(key, text, settable.get(key))
            if key in blocks:
                body[key] = self.block(kind, text)
            else:
                marker = {"falsetrue": "*", "truefalse": "?" if optional == "true" else "!"}.get(computed + required, "=")
                body[key] = marker + self.type(kind)
        return body

    def kind(self, key, text, settable):
        """`(container, element)` of a member; the element is a primitive's letter, or the name of a class."""
        nested = re.search(r"= new (?:\w+\.)?(\w+?)(List|Map|OutputReference)\(this, \"\w+\"(?:, (true|false))?", text)
        getter = re.search(r"return (.*);", text)
        getter = getter.group(1) if getter else ""
        container, storage = settable or ("", "")
        if nested and nested.group(1) not in ("String", "Number", "Boolean", "Any", "StringMap", "NumberMap", "BooleanMap", "AnyMap"):
            element, suffix, is_set = nested.groups()
            if suffix == "List":
                return ("S" if container == "set" or is_set == "true" else "L", element)
            if suffix == "Map":
                return ("M", element)
            return ({"list": "l", "set": "u"}.get(container, "" if container else self.single(element)), element)
        if nested and nested.group(2) == "List":
            return ("S" if nested.group(3) == "true" else "L", "M" + self.primitive(nested.group(1)[:-3]))
        if nested:
            return ("M", self.primitive(nested.group(1)))
        primitive = re.search(r"get(String|Number|Boolean|Any)?(List|Map)?Attribute", getter)
        if not primitive:
            return self.declared(re.search(r"private _\w+\?: ([^;]+);", text))
        element = self.primitive(primitive.group(1) or "String")
        shape = primitive.group(2)
        if shape == "Map":
            return ("M", element)
        if shape == "List" or storage.endswith("List"):
            is_set = container == "set" or "tolist" in getter
            return ("S" if is_set else "L", element)
        return ("", element)

    def declared(self, ty):
        """The same of a member of which old packages tell no more than its type, as of attributes that are written as blocks."""
        ty = re.match(r"(\w+)(\[\])?", ty.group(1) if ty else "")
        if ty and ty.group(1).lower() in PRIMITIVES:
            return ("L" if ty.group(2) else "", self.primitive(ty.group(1)))
        is_list = ty and ty.group(2) and ty.group(1) in self.parts
        return ("L", ty.group(1)) if is_list else ("", "d")

    def single(self, element):
        """An object of which no argument tells the container: those of lists have an index."""
        constructor = re.search(r"super\(terraformResource, terraformAttribute, (\w+)(, 0)?\)", self.parts.get(element + "OutputReference", ""))
        return "l" if constructor and constructor.group(2) else ""

    @staticmethod
    def primitive(name):
        return PRIMITIVES.get(name.lower(), "d")

    def nested(self, element):
        """The body of a class; of one inside itself, nothing."""
        if element in self.around:
            return {}
        self.around.append(element)
        hcl = element[0].lower() + element[1:] + "ToHclTerraform"
        body = self.body(element + "OutputReference", element, hcl)
        if element + "OutputReference" not in self.parts:
            members = DECLARED.findall(self.parts.get(element, ""))
            body = {key: "=" + self.type(self.declared(re.match("(.*)", ty))) for key, ty in members}
        self.around.pop()
        return body

    def block(self, kind, text):
        container, element = kind
        return ("+" + (container or "o"), self.nested(element) if element[0].isupper() else {})

    def type(self, kind):
        container, element = kind
        container = {"l": "L", "u": "S"}.get(container, container)
        if element[0].isupper() and not re.fullmatch("M[snbd]", element):
            return container + self.object(element)
        return container + element

    def object(self, element):
        """`O{name:type,…}`: what is settable in it, and what is not, has a type all the same."""
        body = self.nested(element)
        if not body:
            return "d"
        return "O{" + ",".join(sorted(members_of(body))) + "}"


def members_of(body):
    for key, value in body.items():
        yield f"{key}:{value[1:]}" if isinstance(value, str) else f"{key}:{typed(value)}"


def typed(block):
    """A block as the type of what it gives."""
    nesting, body = block
    inner = "O{" + ",".join(sorted(members_of(body))) + "}"
    return {"l": "L", "u": "S", "o": ""}.get(nesting[1:], nesting[1:]) + inner


def types(package):
    """The scripts of a package by the type that they define; a folder, where there are several."""
    for script in sorted((package / "lib").rglob("*.js")):
        text = script.read_text()
        found = re.search(r"terraformResourceType: '(\w+)'", text)
        if found:
            mode = "data." if "extends cdktf.TerraformDataSource" in text else ""
            yield mode + found.group(1), script.parent if script.name == "index.js" else script


def resource(path):
    definitions = Definitions(path)
    for name, text in definitions.parts.items():
        if re.match(r"export class \w+ extends cdktf.Terraform(Resource|DataSource)", text):
            return definitions.body(name, name + "Config", name)
    return {}


def merged(newer, older):
    """What the newer has, and what only the older has."""
    result = dict(newer)
    for key, value in older.items():
        if key not in result:
            result[key] = value
        elif not isinstance(value, str) and not isinstance(result[key], str):
            result[key] = (result[key][0], merged(result[key][1], value[1]))
    return result


class Shapes:
    """The bodies of blocks, each once, by number."""

    def __init__(self):
        self.numbers = {}

    def line(self, body):
        items = []
        for key, value in sorted(body.items()):
            if isinstance(value, str):
                items.append(key + value)
            else:
                nesting, inner = value
                items.append(f"{key}{nesting}{self.number(inner)}")
        return " ".join(items)

    def number(self, body):
        return self.numbers.setdefault(self.line(body), len(self.numbers))


def main(wanted, packages):
    first_words = (line.split()[0] for line in pathlib.Path(wanted).read_text().splitlines() if line)
    wanted = {word for word in first_words if word[0].isalpha()}
    bodies, versions = dict(BUILT_IN), []
    for package in map(pathlib.Path, packages):
        about = json.loads((package / "package.json").read_text())
        versions.append(f"{about['name']}@{about['version']}")
        for ty, path in types(package):
            if ty in wanted:
                bodies[ty] = merged(bodies.get(ty, {}), resource(path))
    shapes = Shapes()
    lines = [f"{ty} {shapes.line(body)}" for ty, body in sorted(bodies.items())]
    print("# Generated by generate.py from", ", ".join(versions) + ".")
    print("# A block's body is a line `number item…`, a resource type's is `type item…`. An item is a name, then")
    print("# `=` (optional), `*` (required), `?` (optional, else computed) or `!` (computed) and a type: s string, n number, b bool,")
    print("# d any, L… list, S… set, M… map, O{name:type,…} object; or `+` and a block's nesting (L list, l list of at most one,")
    print("# S set, u set of at most one, M map, o single) and the number of its body.")
    for line, number in shapes.numbers.items():
        print(number, line)
    print("\n".join(lines))
    print("not found:", " ".join(sorted(wanted - set(bodies))), file=sys.stderr)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
