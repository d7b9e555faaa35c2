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
  l1 = var.labels
}

resource "terraform_data" "r2" {
  input = startswith("%{ for x in compact([var.password, ""]) }<${x}>%{ endfor }", "p")
}

resource "terraform_data" "r3" {
  input = coalesce(var.name, "none")
}

locals {
  l4 = { for k, v in merge(tomap({ a = "1", b = "2" }), { b = terraform_data.r2.id }) : k => upper(v) }
  l5 = lookup(local.l1, "a", terraform_data.r3.id)
  l6 = contains(var.items, terraform_data.r3.output)
  l7 = jsonencode(keys(local.l1))
}

module "m8" {
  source = "./a"
  name = replace(terraform_data.r3.output, "a", "o")
  enabled = length(var.items) > 0
  labels = var.labels
  password = try({ for k, v in { for k, v in local.l4 : k => upper(v) } : k => upper(v) }["zz"], jsonencode(sort(tolist(var.items))))
}

resource "terraform_data" "r9" {
  input = contains(module.m8.o14, jsonencode({ name = element(concat(["z"], var.items), 1), size = var.size * 2 }))
}

locals {
  l10 = contains(module.m8.o14, terraform_data.r3.input)
  l11 = local.l1
}

output "o12" {
  value = substr("${try(local.l1["zz"], local.l5)}-long", 0, 3)
}

output "o13" {
  value = var.size * 2
}

output "o14" {
  value = local.l10
}

output "o15" {
  value = var.items
}

output "o16" {
  value = zipmap(["a", "d"], [upper(lookup(local.l1, "a", terraform_data.r3.input)), tostring(max(var.size, var.size))])
}

