package io.millrace.api.metric;

/** Replaces what a reporter's target does not allow in names. */
@FunctionalInterface
public interface CharacterFilter {
    CharacterFilter NO_OP_FILTER = input -> input;

    String filterCharacters(String input);
}
