resource "terraform_data" "a" {
  input = "x"
}

resource "terraform_data" "object" {
  input = { name = "n", list = ["a", "b"], nested = { id = terraform_data.a.id } }
}

resource "terraform_data" "typed" {
  input = { list = tolist(["a"]), map = tomap({ k = 1 }), set = toset([true]), tuple = ["a", 1] }
}

resource "terraform_data" "null" {
}

resource "terraform_data" "derived" {
  input            = [terraform_data.object.output, terraform_data.object.output.name, terraform_data.typed.output.list[0], terraform_data.typed.output.map["k"]]
  triggers_replace = terraform_data.a.id
}

resource "terraform_data" "json" {
  input = jsonencode({ id = terraform_data.a.id, known = 1 })
}

resource "terraform_data" "mixed" {
  input = merge({ a = 1 }, { b = terraform_data.a.output }, { c = terraform_data.null.output })
}

resource "terraform_data" "chosen" {
  input = terraform_data.a.output == "x" ? "one" : "two"
}

resource "terraform_data" "counted" {
  count = terraform_data.a.id == null ? 1 : 2
  input = count.index
}

resource "terraform_data" "not_null" {
  count = terraform_data.a.id != null ? 1 : 0
  input = "there"
}

resource "terraform_data" "each" {
  for_each = { one = terraform_data.a.id, two = "known" }
  input    = "${each.key}:${each.value}"
}

resource "terraform_data" "prefixed" {
  for_each = toset(startswith("arn:${terraform_data.a.id}", "arn:") ? ["yes"] : [])
  input    = each.value
}

output "prefix" {
  value = [startswith("arn:aws:${terraform_data.a.id}", "arn:"), "p-${terraform_data.a.id}" == "q", length("p-${terraform_data.a.id}") > 0]
}

output "types" {
  value = terraform_data.typed.output
}

output "known_parts" {
  value = { a = terraform_data.a.input, b = terraform_data.a.id, c = [terraform_data.each["two"].input, terraform_data.each["one"].input] }
}

output "tried" {
  value = try(terraform_data.object.output.nope, "fallback")
}

output "for" {
  value = [for k, r in terraform_data.each : { key = k, id = r.id }]
}

output "null" {
  value = terraform_data.null.output
}

output "list" {
  value = [for x in terraform_data.typed.output.list : upper(x)]
}

output "whole" {
  value = terraform_data.a
}
