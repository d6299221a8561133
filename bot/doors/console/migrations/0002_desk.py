"""Who is at which piece, and the questions that wait."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """As Django wrote it."""

    dependencies: ClassVar = [
        ("console", "0001_audit"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Question",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("language", models.CharField(max_length=5)),
                ("text", models.TextField()),
                ("done", models.CharField(blank=True, max_length=20)),
            ],
            options={
                "ordering": ("-day", "language", "text"),
            },
        ),
        migrations.CreateModel(
            name="Presence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("about", models.CharField(max_length=200)),
                ("who", models.CharField(max_length=150)),
                ("seen", models.DateTimeField(auto_now=True)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("about", "who"), name="one_presence_each")],
            },
        ),
    ]
