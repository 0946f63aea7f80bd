package io.millrace.testutils;

/** What a function throws to say that a test has seen what it waited for; see {@link TestUtils}. */
public class SuccessException extends RuntimeException {
    private static final long serialVersionUID = 1L;
}
