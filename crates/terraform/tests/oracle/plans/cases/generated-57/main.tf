variable "name" {
  type    = string
  default = "named"
}

variable "size" {
  default = 3
}

variable "enabled" {
  type     = bool
  default  = true
  nullable = false
}

variable "items" {
  type    = list(string)
  default = ["i", "j"]
}

variable "labels" {
  type    = map(string)
  default = { a = "la", b = "lb" }
}

variable "password" {
  type      = string
  default   = "secret"
  sensitive = true
}

variable "options" {
  type = object({
    first  = optional(string, "one")
    second = optional(number)
    tags   = optional(map(string), { t = "tag" })
  })
  default = {}

  validation {
    condition     = var.options.first != "bad"
    error_message = "The first option is bad."
  }
}

locals {
  l1 = var.items
  l2 = merge(merge(var.options.tags, { b = var.options.first }), { b = (var.enabled ? var.name : var.password) })
  l3 = tolist(["l"])
}

resource "terraform_data" "r4" {
  count = var.enabled ? 1 : 0
  input = join("-", distinct(tolist(local.l1)))
}

resource "terraform_data" "r5" {
  for_each = { for k, v in { a = var.options.first, b = var.options.first } : "${k}-x" => v if k != "b" }
  input = split("-", "alpha")
  triggers_replace = [each.value, 1]
}

resource "terraform_data" "r6" {
  count = min(3, length(jsonencode(terraform_data.r4[*].input)) * 2)
  input = keys(terraform_data.r5)
}

locals {
  l7 = { for k, v in merge(var.options.tags, { b = try(terraform_data.r4[0].output, "none") }) : "${k}-x" => v if k != "b" }
  l8 = lookup(local.l7, "a", try(terraform_data.r4[0].output, "none"))
}

module "m9" {
  source = "./a"
  count = 0
  name = ""
  size = length((contains(terraform_data.r4[*].id, var.name) ? try(terraform_data.r4[0].output, "none") : coalesce("alpha", "none")))
  items = slice(concat(["s", var.options.first], slice(concat(["s", var.options.first], local.l1), 0, 2)), 0, 2)
  labels = var.labels
  password = "%{ for x in distinct(tolist([var.options.first, "alpha"])) }<${x}>%{ endfor }"
  options = { first = "f-${var.options.first}", other = 1 }
}

resource "terraform_data" "r10" {
  count = var.enabled ? 1 : 0
  input = length(terraform_data.r4)
  triggers_replace = [var.options.first, 1]
}

locals {
  l11 = contains([for x in terraform_data.r10[*].id : x if x != local.l8], lookup(local.l2, "a", local.l8))
}

output "o12" {
  value = replace(var.options.first, "a", "o")
}

output "o13" {
  value = length(terraform_data.r10) * 2 % 3
}

output "o14" {
  value = length(concat(tolist(["l"]), tolist(toset([var.password, "set"])))) > 0
  sensitive = true
}

output "o15" {
  value = [{ v = var.options.first }, { v = var.name }][*].v
}

output "o16" {
  value = tomap({ a = var.password, c = var.options.first })
  sensitive = true
}

