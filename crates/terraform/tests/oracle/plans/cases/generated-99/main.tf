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
  l1 = (true && can(var.labels.a))
}

resource "terraform_data" "r2" {
  input = length(var.items)
  triggers_replace = [lookup(var.options.tags, "a", one(["${var.password}-${2}"])), 1]
}

locals {
  l3 = tostring(sum([terraform_data.r2.input, 1]))
  l4 = ((((local.l1 || var.enabled) || local.l1) ? { v = join("-", tolist(["l"])) } : { v = replace(terraform_data.r2.id, "a", "o") }).v)
}

module "m5" {
  source = "./a"
  for_each = { for i, x in var.items : "k${i}" => x }
  items = compact([each.value, ""])
  labels = zipmap(["a", "d"], [each.value, each.value])
  password = element(concat(["z"], var.items), 1)
  options = { first = "f-${"p-${try(var.options.tags["zz"], each.value)}"}", other = 1 }
}

resource "terraform_data" "r6" {
  count = min(3, terraform_data.r2.input)
  input = 7
  triggers_replace = [local.l4, 1]
}

locals {
  l7 = (var.enabled ? tomap({ for k, m in module.m5 : k => m.o14 }) : tomap({ e = var.name }))
  l8 = tomap({ a = upper(var.name), c = tostring(length(terraform_data.r6[*].id)) })
  l9 = element(concat(["z"], (local.l1 ? tolist(terraform_data.r6[*].id) : tolist([]))), 1) != null
}

output "o10" {
  value = terraform_data.r2.id
}

output "o11" {
  value = length(values(local.l8))
}

output "o12" {
  value = var.enabled
}

output "o13" {
  value = distinct(tolist(keys({ a = local.l4 })))
}

output "o14" {
  value = { a = trimspace(" ${lookup({ a = "m" }, "a", var.password)} ") }
  sensitive = true
}

