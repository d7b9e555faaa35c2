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
  l2 = keys(tomap({ a = var.name, c = var.password }))
  l3 = flatten([var.items, [jsonencode(var.items)]])
}

resource "terraform_data" "r4" {
  input = var.options.tags
}

resource "terraform_data" "r5" {
  count = var.enabled ? 1 : 0
  input = formatlist("%s!", flatten([local.l2, ["alpha"]]))
}

locals {
  l6 = { a = var.name }
  l7 = var.enabled
  l8 = { for k, v in { a = "m" } : k => upper(v) }
}

resource "terraform_data" "r9" {
  count = var.enabled ? 1 : 0
  input = (replace(var.options.first, "a", "o") == "alpha" || lookup(terraform_data.r4.output, "a", terraform_data.r4.id) == (local.l7 ? "Grüße" : var.password))
}

locals {
  l10 = substr("${var.options.first}-long", 0, 3)
  l11 = length(distinct(tolist(terraform_data.r9[*].id)))
}

output "o12" {
  value = format("%s/%03d", "%{ for x in local.l2 }<${x}>%{ endfor }", 7)
  sensitive = true
}

output "o13" {
  value = length(terraform_data.r5)
}

output "o14" {
  value = length(local.l3) > 0
}

output "o15" {
  value = terraform_data.r5[*].id
}

output "o16" {
  value = tomap({ a = "1", b = "2" })
}

