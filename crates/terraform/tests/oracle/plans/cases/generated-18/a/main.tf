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
  l1 = "${var.password}-${var.size}"
  l2 = ((startswith(var.options.first, "p") ? { v = "" } : { v = replace(var.options.first, "a", "o") }).v)
}

resource "terraform_data" "r3" {
  for_each = { for i, x in var.items : "k${i}" => x }
  input = tolist(toset([one([(var.enabled ? var.name : local.l2)]), "set"]))
}

resource "terraform_data" "r4" {
  input = merge(merge({ for k, r in terraform_data.r3 : k => r.id }, { b = var.password }), { b = jsonencode({ name = var.name, size = var.size }) })
}

locals {
  l5 = var.size % 3
}

module "m6" {
  source = "./a"
  count = var.enabled ? 1 : 0
  name = substr("${trimspace(" ${"Grüße"} ")}-long", 0, 3)
  enabled = var.options.first == var.options.first
  items = (startswith(var.options.first, "p") ? tolist(tolist(toset([format("%s/%03d", local.l2, count.index), "set"]))) : tolist([]))
  labels = var.options.tags
  options = { first = "f-${"%{ for x in values({ a = var.options.first }) }<${x}>%{ endfor }"}", other = 1 }
}

resource "terraform_data" "r7" {
  for_each = { a = jsonencode({ name = upper(local.l2), size = (var.enabled ? 1 : 1) }), b = local.l2 }
  input = !(terraform_data.r4.id == local.l2)

  lifecycle {
    ignore_changes = [input]
  }
}

locals {
  l8 = substr("${format("%s/%03d", var.name, (var.enabled ? var.size : var.size))}-long", 0, 3)
}

output "o9" {
  value = "%{ if var.enabled }yes%{ else }no%{ endif }"
}

output "o10" {
  value = (local.l5 + local.l5)
}

output "o11" {
  value = var.enabled
}

output "o12" {
  value = [{ v = var.options.first }, { v = var.password }][*].v
  sensitive = true
}

output "o13" {
  value = { a = local.l2 }
}

