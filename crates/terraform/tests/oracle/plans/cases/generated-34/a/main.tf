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
  l1 = formatlist("%s!", [for x in var.items : x if x != coalesce(var.name, "none")])
}

resource "terraform_data" "r2" {
  for_each = toset(var.items)
  input = slice(concat(["s", each.key], var.items), 0, 2)
}

resource "terraform_data" "r3" {
  input = length(var.items) * 2
}

locals {
  l4 = var.options.first
  l5 = [var.password, local.l4]
}

resource "terraform_data" "r6" {
  input = (false ? sum([var.size, 1]) : var.size % 3)
}

locals {
  l7 = { for i, x in formatlist("%s!", [for x in keys(terraform_data.r2) : x if x != "alpha"]) : "k${i}" => x }
  l8 = var.enabled
  l9 = [for x in var.items : "${x}-${var.options.first}"]
}

output "o10" {
  value = terraform_data.r3.id
}

output "o11" {
  value = (var.options.first == "beta" ? (var.enabled ? 7 : terraform_data.r3.input) : length(var.password))
  sensitive = true
}

output "o12" {
  value = !(var.enabled)
}

output "o13" {
  value = reverse([for x in keys(terraform_data.r2) : x if x != "beta"])
}

output "o14" {
  value = { for k, v in (false ? tomap(local.l7) : tomap({ e = "%{ for x in local.l5 }<${x}>%{ endfor }" })) : k => upper(v) }
  sensitive = true
}

