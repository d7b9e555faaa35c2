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
  l1 = trimspace(" ${"Grüße"} ")
  l2 = flatten([var.items, [var.password]])
}

resource "terraform_data" "r3" {
  count = 1
  input = sort(tolist(local.l2))

  lifecycle {
    ignore_changes = [input]
  }
}

resource "terraform_data" "r4" {
  count = min(3, (max((var.enabled ? length(terraform_data.r3) : length(terraform_data.r3)), (length(terraform_data.r3) + 0)) + length(terraform_data.r3)))
  input = "p-${local.l1}"
}

locals {
  l5 = length(values(tomap({ a = try(terraform_data.r4[0].output, "none"), c = "" }))) > 0
  l6 = merge(var.options.tags, { b = jsonencode({ name = substr("${"beta"}-long", 0, 3), size = (false ? var.size : length(terraform_data.r4)) }) })
  l7 = (var.enabled || var.enabled)
}

module "m8" {
  source = "./a"
  count = 3
  name = upper(join("-", keys(local.l6)))
  enabled = local.l1 != null
  items = flatten([flatten([(var.enabled ? tolist(terraform_data.r4[*].input) : tolist([])), [format("%s/%03d", var.options.first, length(terraform_data.r3))]]), [join("-", terraform_data.r4[*].input)]])
  labels = { for k, v in var.options.tags : k => upper(v) }
}

resource "terraform_data" "r9" {
  input = substr("${local.l1}-long", 0, 3)
}

locals {
  l10 = var.password == ((local.l5 ? { v = local.l1 } : { v = terraform_data.r9.output }).v)
  l11 = !(false)
  l12 = { a = (var.enabled ? var.name : var.options.first) }
}

output "o13" {
  value = "%{ for x in split("-", terraform_data.r9.output) }<${x}>%{ endfor }"
}

output "o14" {
  value = (local.l5 ? sum([length(terraform_data.r4), 1]) : var.size)
}

output "o15" {
  value = terraform_data.r9.input != null
}

output "o16" {
  value = slice(concat(["s", var.name], terraform_data.r3[*].id), 0, 2)
}

output "o17" {
  value = var.options.tags
}

