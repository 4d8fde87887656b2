"""Django REST framework with django-filter over the table orders: python django_app.py PORT DB"""
import sys

import django
from django.conf import settings

port, database = sys.argv[1:3]
settings.configure(
    DEBUG=False,
    SECRET_KEY="none",
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    USE_TZ=True,
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": database}},
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "rest_framework", "django_filters"],
    REST_FRAMEWORK={
        "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.PageNumberPagination",
        "PAGE_SIZE": 100,
        "DEFAULT_FILTER_BACKENDS": [
            "django_filters.rest_framework.DjangoFilterBackend",
            "rest_framework.filters.OrderingFilter",
        ],
        "DEFAULT_AUTHENTICATION_CLASSES": [],
        "UNAUTHENTICATED_USER": None,
    },
)
django.setup()

from django.core.management import execute_from_command_line
from django.db import models
from django.urls import include, path
from rest_framework import routers, serializers, viewsets


class Order(models.Model):
    customer = models.TextField()
    total = models.DecimalField(max_digits=12, decimal_places=2)
    paid = models.BooleanField()
    placed_at = models.DateTimeField()
    note = models.TextField(null=True)

    class Meta:
        app_label = "shop"
        managed = False
        db_table = "orders"


class OrderSerializer(serializers.ModelSerializer):
    class Meta:
        model = Order
        fields = "__all__"


class OrderViewSet(viewsets.ReadOnlyModelViewSet):
    queryset = Order.objects.order_by("id")
    serializer_class = OrderSerializer
    filterset_fields = {"id": ["gte", "lte"]}


router = routers.DefaultRouter()
router.register("orders", OrderViewSet)
urlpatterns = [path("api/", include(router.urls))]
execute_from_command_line(["manage", "runserver", "--noreload", "--skip-checks", "127.0.0.1:" + port])
