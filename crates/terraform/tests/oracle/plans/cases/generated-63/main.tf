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
  l1 = var.size % 3
}

resource "terraform_data" "r2" {
  count = 1
  input = (var.enabled ? tomap(var.labels) : tomap({ e = var.options.first }))
}

resource "terraform_data" "r3" {
  count = min(3, 1 * 2)
  input = trimspace(" ${one([var.password])} ")
  triggers_replace = ["beta", 1]
}

resource "terraform_data" "r4" {
  for_each = toset(var.items)
  input = max(length(tolist(toset([try(terraform_data.r3[0].output, "none"), "set"]))), length(distinct(tolist(var.items))))
}

locals {
  l5 = local.l1
  l6 = var.options.tags
  l7 = length(tolist(["l"]))
  l8 = tostring(length(zipmap(["a", "d"], [try(terraform_data.r3[0].output, "none"), try(terraform_data.r3[0].output, "none")])))
}

module "m9" {
  source = "./a"
  for_each = var.labels
  size = sum([local.l1, 1])
  enabled = startswith(element(concat(["z"], concat(keys(terraform_data.r4), keys(terraform_data.r4))), 1), "p")
  password = each.value
}

module "m10" {
  source = "./a"
  count = min(3, local.l7 % 3)
  name = "%{ for x in ["x", "y"] }<${x}>%{ endfor }"
  password = var.name
}

resource "terraform_data" "r11" {
  input = local.l1
}

locals {
  l12 = var.size
}

output "o13" {
  value = "%{ if var.enabled }yes%{ else }no%{ endif }"
}

output "o14" {
  value = length(var.labels)
}

output "o15" {
  value = (var.enabled || var.enabled)
}

output "o16" {
  value = [{ v = try(terraform_data.r3[0].output, "none") }, { v = trimspace(" ${var.options.first} ") }][*].v
  sensitive = true
}

output "o17" {
  value = { for k, m in module.m9 : k => m.o10 }
  sensitive = true
}

