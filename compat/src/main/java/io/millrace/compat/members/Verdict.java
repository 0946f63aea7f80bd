package io.millrace.compat.members;

/** Whether a program that was compiled against a class or member of Flink finds ours. */
public enum Verdict {
    HERE("is here"),
    NOT_MAPPED("has no rule"),
    CLASS_MISSING("is mapped to a class that does not exist"),
    CLASS_NOT_PUBLIC("is mapped to a class that is not public"),
    CLASS_KIND("is mapped to a class of another kind"),
    MISSING("is missing"),
    OTHER_TYPE("has another type here"),
    NOT_PUBLIC("is neither public nor protected here"),
    STATIC_DIFFERS("is static on one side only");

    private final String text;

    Verdict(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
