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
  l1 = var.options.first
}

resource "terraform_data" "r2" {
  count = var.enabled ? 1 : 0
  input = var.items
}

resource "terraform_data" "r3" {
  count = min(3, length(sort(tolist(compact([local.l1, ""])))))
  input = substr("${trimspace(" ${var.options.first} ")}-long", 0, 3)
  triggers_replace = [jsonencode({ name = "%{ for x in terraform_data.r2[*].id }<${x}>%{ endfor }", size = 2 % 3 }), 1]
}

resource "terraform_data" "r4" {
  for_each = var.options.tags
  input = var.labels
}

locals {
  l5 = { for i, x in concat([], var.items) : "k${i}" => x }
  l6 = tolist(toset([element(concat(["z"], keys(var.labels)), 1), "set"]))
  l7 = length(local.l5)
}

module "m8" {
  source = "./a"
  count = var.enabled ? 1 : 0
  size = length((count.index > length(terraform_data.r3) ? tolist((var.enabled ? tolist(local.l6) : tolist([]))) : tolist([])))
  enabled = length(var.labels) > 0
  items = keys(terraform_data.r4)
  labels = { a = trimspace(" ${"p-${var.options.first}"} "), b = var.options.first }
}

resource "terraform_data" "r9" {
  count = 3
  input = split("-", ((var.enabled ? { v = coalesce(var.name, "none") } : { v = var.password }).v))
}

locals {
  l10 = local.l7
  l11 = length(terraform_data.r3)
  l12 = var.enabled
}

output "o13" {
  value = var.name
}

output "o14" {
  value = 0 * 2
}

output "o15" {
  value = can({ a = "" }.a)
}

output "o16" {
  value = values({ for i, x in [for x in terraform_data.r3[*].id : x if x != try(terraform_data.r3[0].output, "none")] : "k${i}" => x })
}

output "o17" {
  value = var.labels
}

