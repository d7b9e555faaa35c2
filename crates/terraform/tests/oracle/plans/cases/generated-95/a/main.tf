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
  l1 = [for x in slice(concat(["s", ""], var.items), 0, 2) : x if x != "${var.options.first}-${1}"]
  l2 = (var.size > (var.size + var.size) ? length([{ v = "beta" }, { v = var.name }][*].v) : var.size)
  l3 = { for k, v in { for k, v in merge(var.options.tags, { b = var.name }) : "${k}-x" => v if k != "b" } : "${k}-x" => v if k != "b" }
}

resource "terraform_data" "r4" {
  count = 0
  input = (var.size + count.index) % 3
}

locals {
  l5 = { for k, v in var.options.tags : k => upper(v) }
  l6 = "%{ if var.enabled }yes%{ else }no%{ endif }"
  l7 = can(var.options.tags.a)
  l8 = var.enabled
}

resource "terraform_data" "r9" {
  count = min(3, 2 * 2)
  input = sort(tolist(local.l1))
  triggers_replace = [trimspace(" ${"%{ for x in var.items }<${x}>%{ endfor }"} "), 1]
}

locals {
  l10 = distinct(tolist(local.l1))
  l11 = !(local.l7)
}

output "o12" {
  value = "${var.password}-${length(terraform_data.r4)}"
  sensitive = true
}

output "o13" {
  value = length(terraform_data.r4[*].id)
}

output "o14" {
  value = false
}

output "o15" {
  value = [for x in slice(concat(["s", var.password], [for x in var.items : "${x}-${var.password}"]), 0, 2) : "${x}-${upper(substr("${"beta"}-long", 0, 3))}"]
  sensitive = true
}

output "o16" {
  value = { for i, x in terraform_data.r9[*].id : "k${i}" => x }
}

