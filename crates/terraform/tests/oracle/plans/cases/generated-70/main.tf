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
  count = 2
  input = var.password
}

resource "terraform_data" "r3" {
  for_each = { for i, x in var.items : "k${i}" => x }
  input = sum([(var.enabled ? length(terraform_data.r2) : length(terraform_data.r2)), 1])
  triggers_replace = [try(terraform_data.r2[0].output, "none"), 1]
}

resource "terraform_data" "r4" {
  input = var.enabled
}

locals {
  l5 = flatten([terraform_data.r2[*].input, [var.options.first]])
  l6 = try((var.name == var.name ? tomap({ a = var.options.first }) : tomap({ e = element(concat(["z"], local.l5), 1) }))["zz"], "%{ if can(local.l1.a) }yes%{ else }no%{ endif }")
  l7 = { for k, v in { for i, x in flatten([var.items, [local.l6]]) : "k${i}" => x } : "${k}-x" => v if k != "b" }
}

module "m8" {
  source = "./a"
  count = min(3, max(length(terraform_data.r2), length(terraform_data.r2)))
  enabled = var.options.first == "Grüße"
  items = [for k, v in { for k, v in var.labels : k => upper(v) } : "${k}=${v}"]
  labels = { a = var.options.first }
  password = "${var.password}-${count.index}"
}

resource "terraform_data" "r9" {
  count = 3
  input = contains(values({ a = "m" }), element(concat(["z"], tolist(toset(["", "set"]))), 1))
  triggers_replace = [coalesce(upper(var.options.first), "none"), 1]
}

locals {
  l10 = tomap({ a = "1", b = "2" })
  l11 = [for x in [terraform_data.r4.id, lookup(var.options.tags, "a", var.name)] : x if x != trimspace(" ${format("%s/%03d", var.password, 1)} ")]
  l12 = { a = "${element(concat(["z"], terraform_data.r9[*].id), 1)}-${0}", b = one([var.password]) }
  l13 = { for k, r in terraform_data.r3 : k => r.id }
}

output "o14" {
  value = lookup(tomap({ a = local.l6, c = "" }), "a", "p-${var.name}")
  sensitive = true
}

output "o15" {
  value = length(terraform_data.r9) * 2
}

output "o16" {
  value = (can({ a = terraform_data.r4.id, b = terraform_data.r4.id }.a) && startswith(var.password, "p"))
  sensitive = true
}

output "o17" {
  value = values(local.l1)
}

output "o18" {
  value = { a = var.options.first, b = var.password }
  sensitive = true
}

