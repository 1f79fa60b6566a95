"""The door through which the DMC withdraws a picture."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from policy import withdrawing
from policy.forms_pictures import WithdrawForm
from posts.models import Post


@require_http_methods(["GET", "POST"])
def withdraw_pictures(request: HttpRequest, pk: int) -> HttpResponse:
    """Which of this post's pictures, and why; the page says what follows before anything is done."""
    scoped = Post.objects.visible_to(request.user).select_related("current", "team__parent")
    post: Post = get_object_or_404(scoped, pk=pk)
    if not withdrawing.may_withdraw(request.user, post):
        raise PermissionDenied("Only the DMC withdraws a picture.")
    left = list(withdrawing.withdrawable(post))
    form = WithdrawForm(request.POST or None, pictures=left)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        chosen = [int(one) for one in said["pictures"]]
        try:
            count = withdrawing.withdraw(post=post, chosen=chosen, why=said["why"], by=request.user, now=timezone.now())
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            what = "The picture is" if count == 1 else f"{count} pictures are"
            messages.success(request, f"{what} withdrawn. Everything that waits is being judged again.")
            return redirect("posts:post", pk=pk)
    withdrawn = post.media.exclude(barred_why="").select_related("barred_by")
    page = {"post": post, "form": form, "left": left, "withdrawn": withdrawn, "chosen": form["pictures"].value() or []}
    return render(request, "policy/withdraw_pictures.html", page, status=422 if form.errors else 200)
