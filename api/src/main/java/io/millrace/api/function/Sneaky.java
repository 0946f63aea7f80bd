package io.millrace.api.function;

/** Throws checked exceptions where the compiler sees none. Pure. */
final class Sneaky {
    private Sneaky() {}

    /** Never returns; the type is for {@code throw}. */
    static RuntimeException rethrow(Throwable t) {
        throw Sneaky.<RuntimeException>as(t);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Throwable> E as(Throwable t) throws E {
        throw (E) t;
    }
}
