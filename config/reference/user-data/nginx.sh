#!/bin/bash
# Amazon Linux's nginx listens on 80 and [::]:80; the load balancer comes over IPv6.
set -euo pipefail
dnf install -y nginx amazon-cloudwatch-agent
systemctl enable --now nginx
