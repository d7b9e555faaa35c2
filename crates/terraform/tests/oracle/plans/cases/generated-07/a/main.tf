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
  l1 = var.enabled
  l2 = length(var.password)
  l3 = contains(tolist(["l"]), "Grüße")
  l4 = var.items
}

resource "terraform_data" "r5" {
  for_each = tomap({ a = join("-", var.items), c = element(concat(["z"], keys(var.options.tags)), 1) })
  input = element(concat(["z"], slice(concat(["s", var.options.first], var.items), 0, 2)), 1)
}

resource "terraform_data" "r6" {
  input = { a = element(concat(["z"], local.l4), 1) }
}

resource "terraform_data" "r7" {
  input = distinct(tolist(keys(terraform_data.r6.input)))
}

locals {
  l8 = (length(var.labels) + max(local.l2, var.size))
  l9 = "${terraform_data.r6.id}-${local.l8}"
  l10 = tomap({ a = terraform_data.r6.id, c = terraform_data.r6.id })
}

resource "terraform_data" "r11" {
  input = [for k, v in { a = var.options.first, b = "Grüße" } : "${k}=${v}"]
}

locals {
  l12 = [{ v = terraform_data.r11.id }, { v = var.password }][*].v
  l13 = "%{ for x in compact([local.l9, ""]) }<${x}>%{ endfor }"
  l14 = concat(local.l12, terraform_data.r7.output)
}

output "o15" {
  value = local.l9
  sensitive = true
}

output "o16" {
  value = local.l8 * 2
  sensitive = true
}

output "o17" {
  value = local.l3
}

output "o18" {
  value = [for k, v in { for k, r in terraform_data.r5 : k => r.id } : "${k}=${v}"]
}

output "o19" {
  value = zipmap(["a", "d"], [join("-", local.l4), substr("${element(concat(["z"], local.l4), 1)}-long", 0, 3)])
}

