package io.millrace.api.function;

/** The open context that says nothing. Immutable. */
public class DefaultOpenContext implements OpenContext {
    public static final OpenContext INSTANCE = new DefaultOpenContext();
}
