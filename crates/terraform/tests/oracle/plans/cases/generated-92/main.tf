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
  l1 = "beta"
  l2 = length({ a = var.name })
  l3 = ((var.enabled ? { v = var.name } : { v = var.name }).v)
  l4 = max(var.size, var.size)
}

resource "terraform_data" "r5" {
  count = min(3, length(zipmap(["a", "d"], [join("-", var.items), "p-${var.options.first}"])))
  input = keys(var.labels)
  triggers_replace = [var.password, 1]
}

resource "terraform_data" "r6" {
  input = startswith(trimspace(" ${"beta"} "), "p")
  triggers_replace = ["p-${var.name}", 1]
}

resource "terraform_data" "r7" {
  for_each = { a = lookup(var.options.tags, "a", "p-${var.options.first}"), b = substr("${format("%s/%03d", local.l1, 1)}-long", 0, 3) }
  input = var.options.tags
}

locals {
  l8 = (contains(keys(terraform_data.r7), "alpha") ? tomap({ for i, x in keys(terraform_data.r7) : "k${i}" => x }) : tomap({ e = "p-${var.name}" }))
  l9 = ["Grüße", local.l1]
}

module "m10" {
  source = "./a"
  name = replace(var.name, "a", "o")
  size = var.size % 3
  items = tolist([upper(var.options.first), local.l1])
}

module "m11" {
  source = "./a"
  count = var.enabled ? 1 : 0
  enabled = startswith(var.options.first, "p")
  items = sort(tolist(distinct(tolist(var.items))))
  labels = { for i, x in [local.l1] : "k${i}" => x }
  password = trimspace(" ${var.password} ")
  options = { first = "f-${"p-${replace(jsonencode(tolist(["l"])), "a", "o")}"}", other = 1 }
}

resource "terraform_data" "r12" {
  for_each = var.options.tags
  input = tolist([(terraform_data.r6.output ? module.m10.o8 : local.l1), "beta"])
  triggers_replace = [join("-", local.l9), 1]
}

locals {
  l13 = local.l2
  l14 = slice(concat(["s", terraform_data.r6.id], module.m11[*].o8), 0, 2)
}

output "o15" {
  value = join("-", terraform_data.r5[*].id)
}

output "o16" {
  value = length(terraform_data.r5)
}

output "o17" {
  value = var.name == var.password
  sensitive = true
}

output "o18" {
  value = formatlist("%s!", [{ v = ((terraform_data.r6.input ? { v = var.password } : { v = terraform_data.r6.id }).v) }, { v = try(var.options.tags["zz"], terraform_data.r6.id) }][*].v)
  sensitive = true
}

output "o19" {
  value = zipmap(["a", "d"], [join("-", module.m10.o11), (var.enabled ? "Grüße" : local.l3)])
}

