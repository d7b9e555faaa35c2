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
  l1 = length(var.items) > 0
  l2 = "Grüße" != null
}

resource "terraform_data" "r3" {
  input = contains(var.items, var.name)
}

resource "terraform_data" "r4" {
  input = tolist(["l"])
}

resource "terraform_data" "r5" {
  for_each = toset(terraform_data.r4.input)
  input = var.size * 2
}

locals {
  l6 = replace(var.options.first, "a", "o") == terraform_data.r3.id
}

resource "terraform_data" "r7" {
  for_each = zipmap(["a", "d"], [coalesce(var.options.first, "none"), format("%s/%03d", "%{ for x in terraform_data.r4.input }<${x}>%{ endfor }", 0 % 3)])
  input = (local.l2 ? (var.enabled ? var.size : 1) % 3 : length(keys(terraform_data.r5)))
}

locals {
  l8 = "${terraform_data.r4.id}-${var.size}"
  l9 = 1
  l10 = true
}

output "o11" {
  value = "%{ if (local.l10 ? var.size : var.size) > local.l9 % 3 }yes%{ else }no%{ endif }"
}

output "o12" {
  value = var.size
}

output "o13" {
  value = length(terraform_data.r4.output) > 0
}

output "o14" {
  value = compact([replace(var.name, "a", "o"), ""])
}

output "o15" {
  value = { a = local.l8 }
}

