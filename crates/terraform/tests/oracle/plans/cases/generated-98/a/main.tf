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
  l1 = can({ a = jsonencode({ name = var.password, size = var.size }) }.a)
  l2 = (!(var.enabled) ? tomap(zipmap(["a", "d"], [var.options.first, "Grüße"])) : tomap({ e = element(concat(["z"], var.items), 1) }))
  l3 = merge(zipmap(["a", "d"], [var.options.first, var.password]), { b = jsonencode(var.items) })
  l4 = length(keys(var.labels)) > 0
}

resource "terraform_data" "r5" {
  for_each = toset((var.enabled ? tolist(var.items) : tolist([])))
  input = tolist(toset(["${(local.l1 ? var.password : var.password)}-${max(1, var.size)}", "set"]))
}

resource "terraform_data" "r6" {
  count = min(3, max(7, 7))
  input = tomap({ a = "alpha", c = var.password })
  triggers_replace = [coalesce(var.password, "none"), 1]
}

resource "terraform_data" "r7" {
  count = 2
  input = { a = var.options.first }
}

locals {
  l8 = zipmap(["a", "d"], [var.name, lookup(var.labels, "a", var.name)])
  l9 = "p-${lookup((var.enabled ? tomap(var.options.tags) : tomap({ e = var.password })), "a", upper(var.password))}"
  l10 = true
  l11 = (("beta" == var.name && (local.l4 || local.l1)) ? tomap(tomap({ a = jsonencode(var.items), c = replace(var.password, "a", "o") })) : tomap({ e = "${substr("${var.options.first}-long", 0, 3)}-${length(terraform_data.r6)}" }))
}

resource "terraform_data" "r12" {
  count = var.enabled ? 1 : 0
  input = local.l8
}

locals {
  l13 = { a = "${"%{ for x in keys(terraform_data.r5) }<${x}>%{ endfor }"}-${(local.l1 ? length(terraform_data.r7) : length(terraform_data.r12))}", b = format("%s/%03d", join("-", keys(terraform_data.r5)), length(terraform_data.r7)) }
  l14 = max(max(length(terraform_data.r12), length(terraform_data.r7)), sum([length(terraform_data.r12), 1]))
}

output "o15" {
  value = "%{ for x in split("-", var.name) }<${x}>%{ endfor }"
}

output "o16" {
  value = length(local.l8)
}

output "o17" {
  value = length(keys(terraform_data.r5)) > 0
}

output "o18" {
  value = compact(["p-${var.options.first}", ""])
}

output "o19" {
  value = var.options.tags
}

