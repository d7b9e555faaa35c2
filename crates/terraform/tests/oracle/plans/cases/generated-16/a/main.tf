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
  l1 = "p-${var.options.first}"
}

resource "terraform_data" "r2" {
  input = "%{ if (true && var.enabled) }yes%{ else }no%{ endif }"
}

locals {
  l3 = { a = "beta" }
  l4 = true
  l5 = startswith("%{ for x in var.items }<${x}>%{ endfor }", "p")
}

resource "terraform_data" "r6" {
  for_each = toset(reverse(sort(tolist(var.items))))
  input = contains([((local.l5 ? { v = each.value } : { v = each.value }).v), var.password], upper(substr("${""}-long", 0, 3)))
}

locals {
  l7 = contains([terraform_data.r2.output], upper("Grüße"))
}

output "o8" {
  value = upper(substr("${terraform_data.r2.input}-long", 0, 3))
}

output "o9" {
  value = var.size
}

output "o10" {
  value = startswith(var.name, "p")
}

output "o11" {
  value = values(merge({ for k, r in terraform_data.r6 : k => r.id }, { b = element(concat(["z"], keys(terraform_data.r6)), 1) }))
}

output "o12" {
  value = { for k, v in tomap({ a = local.l1, c = "beta" }) : k => upper(v) }
}

