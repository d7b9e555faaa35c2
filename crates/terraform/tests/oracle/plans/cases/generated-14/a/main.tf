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
  for_each = toset([for x in [for k, v in local.l1 : "${k}=${v}"] : x if x != var.options.first])
  input = var.items
  triggers_replace = [join("-", var.items), 1]
}

locals {
  l3 = { for k, v in var.labels : "${k}-x" => v if k != "b" }
  l4 = ((var.enabled || var.enabled) || "Grüße" != null)
  l5 = length((false ? tomap(local.l3) : tomap({ e = var.options.first })))
}

resource "terraform_data" "r6" {
  count = var.enabled ? 1 : 0
  input = sort(tolist(var.items))
}

locals {
  l7 = { a = var.name, b = var.name }
  l8 = replace(lookup({ for k, r in terraform_data.r2 : k => r.id }, "a", var.name), "a", "o")
  l9 = local.l7
  l10 = [for k, v in { for k, v in local.l9 : k => upper(v) } : "${k}=${v}"]
}

output "o11" {
  value = "%{ if contains(values(local.l3), jsonencode(keys(terraform_data.r2))) }yes%{ else }no%{ endif }"
}

output "o12" {
  value = max(max(length(terraform_data.r6), length(var.labels)), (length(["x", "y"]) > 0 ? length(tolist(["l"])) : (var.size + var.size)))
}

output "o13" {
  value = "%{ for x in terraform_data.r6[*].id }<${x}>%{ endfor }" == lookup(local.l1, "a", var.password)
  sensitive = true
}

output "o14" {
  value = distinct(tolist([var.password, local.l8]))
  sensitive = true
}

output "o15" {
  value = zipmap(["a", "d"], [try(local.l7["zz"], var.options.first), substr("${var.password}-long", 0, 3)])
  sensitive = true
}

