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
  l1 = length(var.items)
}

resource "terraform_data" "r2" {
  count = var.enabled ? 1 : 0
  input = trimspace(" ${try(tomap({ a = var.password, c = var.name })["zz"], "%{ for x in var.items }<${x}>%{ endfor }")} ")

  lifecycle {
    ignore_changes = [input]
  }
}

locals {
  l3 = { for i, x in compact([var.options.first, ""]) : "k${i}" => x }
  l4 = max((var.enabled ? local.l1 : local.l1), var.size)
  l5 = local.l4
}

module "m6" {
  source = "./a"
  enabled = startswith("Grüße", "p")
  items = formatlist("%s!", [for x in sort(tolist(var.items)) : x if x != "beta"])
  password = join("-", terraform_data.r2[*].input)
}

module "m7" {
  source = "./a"
  count = 3
  name = var.options.first
  enabled = contains([for x in tolist([var.options.first, var.options.first]) : "${x}-${"${var.options.first}-${local.l1}"}"], upper(jsonencode({ name = var.options.first, size = length(terraform_data.r2) })))
  items = [{ v = var.options.first }, { v = try({}["zz"], var.options.first) }][*].v
}

resource "terraform_data" "r8" {
  input = var.options.first == lookup(module.m6.o15, "a", try(terraform_data.r2[0].output, "none"))
}

locals {
  l9 = ((terraform_data.r8.input ? { v = module.m6.o11 } : { v = var.options.first }).v)
  l10 = var.options.first
  l11 = join("-", flatten([module.m7[*].o11, [module.m6.o11]])) == try(terraform_data.r2[0].output, "none")
}

output "o12" {
  value = (startswith("${var.options.first}-${local.l1}", "p") ? substr("${substr("${var.name}-long", 0, 3)}-long", 0, 3) : trimspace(" ${jsonencode(terraform_data.r2[*].id)} "))
}

output "o13" {
  value = (local.l1 + local.l1 * 2) * 2
}

output "o14" {
  value = module.m6.o13
  sensitive = true
}

output "o15" {
  value = reverse(tolist(["l"]))
}

output "o16" {
  value = zipmap(["a", "d"], [((can(local.l3.a) ? { v = join("-", var.items) } : { v = format("%s/%03d", "", var.size) }).v), "${"${var.options.first}-${0}"}-${sum([module.m6.o12, 1])}"])
}

