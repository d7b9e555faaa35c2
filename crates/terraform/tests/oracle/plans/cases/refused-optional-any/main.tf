variable "rules" {
  type = list(object({
    port  = number
    extra = optional(any)
  }))
  default = [
    { port = "80" },
    { port = 22, extra = { a = 1 } },
  ]
}

output "rules" {
  value = var.rules
}
