package io.millrace.api.stream;

/** A program that says what it does. For people who read its source: nothing here shows it. */
public interface ProgramDescription {
    String getDescription();
}
