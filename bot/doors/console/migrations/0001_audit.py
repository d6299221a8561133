"""The audit log and the issued passwords."""

from typing import ClassVar

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """As Django wrote it."""

    initial = True
    dependencies: ClassVar = [("auth", "0012_alter_user_first_name_max_length")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(auto_now_add=True, db_index=True)),
                ("who", models.CharField(blank=True, max_length=150)),
                ("what", models.CharField(max_length=60)),
                ("about", models.CharField(blank=True, max_length=200)),
                ("detail", models.TextField(blank=True)),
            ],
            options={"ordering": ("-at", "-id")},
        ),
        migrations.CreateModel(
            name="IssuedPassword",
            fields=[
                ("user", models.OneToOneField(
                    on_delete=models.CASCADE, primary_key=True, related_name="issued_password", serialize=False,
                    to=settings.AUTH_USER_MODEL,
                )),
                ("at", models.DateTimeField(auto_now=True)),
            ],
        ),
    ]
