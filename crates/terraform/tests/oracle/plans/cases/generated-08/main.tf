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
  l1 = length(var.labels)
  l2 = length(var.items)
  l3 = length(var.labels)
  l4 = var.name
}

resource "terraform_data" "r5" {
  count = var.enabled ? 1 : 0
  input = local.l4
  triggers_replace = ["alpha", 1]
}

resource "terraform_data" "r6" {
  input = var.size
}

locals {
  l7 = var.options.first
}

module "m8" {
  source = "./a"
  name = trimspace(" ${"%{ for x in keys(var.options.tags) }<${x}>%{ endfor }"} ")
  size = (var.enabled ? length(terraform_data.r5) : local.l2)
  enabled = length(var.items) > 0
  items = tolist(["l"])
}

resource "terraform_data" "r9" {
  count = 2
  input = trimspace(" ${local.l7} ")

  lifecycle {
    ignore_changes = [input]
  }
}

locals {
  l10 = [{ v = var.name }, { v = var.options.first }][*].v
  l11 = try(terraform_data.r9[0].output, "none")
  l12 = "p-${local.l11}" == ((false ? { v = var.password } : { v = try(terraform_data.r5[0].output, "none") }).v)
  l13 = startswith(local.l4, "p")
}

output "o14" {
  value = terraform_data.r6.id
}

output "o15" {
  value = max(sum([local.l2, 1]), local.l2)
}

output "o16" {
  value = (can(tomap({ a = "1", b = "2" }).a) && length(tolist(["l"])) > 0)
}

output "o17" {
  value = terraform_data.r5[*].id
}

output "o18" {
  value = { a = substr("${try(tomap({ a = "1", b = "2" })["zz"], try(terraform_data.r9[0].output, "none"))}-long", 0, 3) }
}

