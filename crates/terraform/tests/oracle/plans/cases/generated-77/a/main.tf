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
  l1 = zipmap(["a", "d"], [var.password, join("-", concat(var.items, var.items))])
  l2 = tomap({ a = var.name, c = (var.enabled ? var.password : "") })
  l3 = { for i, x in var.items : "k${i}" => x }
}

resource "terraform_data" "r4" {
  input = one([join("-", sort(tolist(var.items)))])
}

locals {
  l5 = { a = replace("%{ for x in ["x", "y"] }<${x}>%{ endfor }", "a", "o") }
  l6 = local.l5
}

resource "terraform_data" "r7" {
  for_each = zipmap(["a", "d"], [var.options.first, var.options.first])
  input = [{ v = terraform_data.r4.input }, { v = each.key }][*].v
}

locals {
  l8 = values({ for i, x in keys(terraform_data.r7) : "k${i}" => x })
}

output "o9" {
  value = jsonencode(reverse(var.items))
}

output "o10" {
  value = var.size * 2 % 3
}

output "o11" {
  value = (var.size + (var.size + var.size)) > var.size
}

output "o12" {
  value = [{ v = "%{ if var.size > var.size }yes%{ else }no%{ endif }" }, { v = "%{ if length(var.items) > 0 }yes%{ else }no%{ endif }" }][*].v
}

output "o13" {
  value = local.l6
}

