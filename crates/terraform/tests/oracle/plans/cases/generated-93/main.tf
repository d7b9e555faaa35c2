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
  l1 = sum([var.size, 1])
  l2 = var.items
  l3 = { a = "beta", b = "beta" }
  l4 = "beta"
}

resource "terraform_data" "r5" {
  input = length(join("-", local.l2))

  lifecycle {
    ignore_changes = [input]
  }
}

resource "terraform_data" "r6" {
  count = min(3, terraform_data.r5.input * 2)
  input = { a = format("%s/%03d", substr("${terraform_data.r5.id}-long", 0, 3), (terraform_data.r5.output + local.l1)), b = ((var.enabled ? { v = (var.enabled ? var.options.first : "beta") } : { v = one([local.l4]) }).v) }

  lifecycle {
    ignore_changes = [input]
  }
}

locals {
  l7 = (length(keys(local.l3)) > 0 ? tomap(merge(merge(local.l3, { b = var.password }), { b = ((var.enabled ? { v = "beta" } : { v = var.options.first }).v) })) : tomap({ e = replace(local.l4, "a", "o") }))
  l8 = var.options.tags
  l9 = (length(terraform_data.r5.id) + (var.enabled ? local.l1 : terraform_data.r5.output))
  l10 = var.name
}

module "m11" {
  source = "./a"
  for_each = { for i, x in formatlist("%s!", keys(var.labels)) : "k${i}" => x }
  name = upper(each.value)
  enabled = var.enabled
  items = tolist(toset([each.value, "set"]))
  labels = tomap({ a = local.l4, c = each.key })
  password = var.options.first
  options = { first = "f-${jsonencode(formatlist("%s!", var.items))}", other = 1 }
}

module "m12" {
  source = "./a"
  for_each = zipmap(["a", "d"], [var.options.first, ""])
  size = length(terraform_data.r6) * 2 * 2
  items = [for x in sort(tolist(local.l2)) : "${x}-${coalesce(var.options.first, "none")}"]
  labels = { a = upper("%{ if var.enabled }yes%{ else }no%{ endif }") }
}

resource "terraform_data" "r13" {
  input = tomap({ a = var.name, c = jsonencode(terraform_data.r6[*].id) })
}

locals {
  l14 = merge(terraform_data.r13.input, { b = terraform_data.r13.id })
}

output "o15" {
  value = "%{ if true }yes%{ else }no%{ endif }"
}

output "o16" {
  value = length(tolist(["l"]))
}

output "o17" {
  value = (true || can({}.a))
}

output "o18" {
  value = sort(tolist(["x", "y"]))
}

output "o19" {
  value = merge({ a = element(concat(["z"], local.l2), 1), b = ((var.enabled ? { v = terraform_data.r13.id } : { v = terraform_data.r13.id }).v) }, { b = lookup(tomap({ a = terraform_data.r5.id, c = terraform_data.r13.id }), "a", "") })
}

