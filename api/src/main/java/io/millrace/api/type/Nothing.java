package io.millrace.api.type;

/** The type that has no values. */
public class Nothing {
    private Nothing() {}
}
