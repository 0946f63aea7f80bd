package io.millrace.api.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class ExceptionUtilsTest {
    private final IOException root = new IOException("disk full");
    private final Exception outer =
            new IllegalStateException("outer", new RuntimeException("middle", root));

    @Test
    void findsACauseByItsClass() {
        assertThat(ExceptionUtils.findThrowable(outer, IOException.class)).containsSame(root);
        assertThat(ExceptionUtils.findThrowable(outer, InterruptedException.class)).isEmpty();
    }

    @Test
    void findsACauseByItsMessage() {
        assertThat(ExceptionUtils.findThrowableWithMessage(outer, "full")).containsSame(root);
    }

    @Test
    void throwsWhereACauseIsMissing() throws Exception {
        ExceptionUtils.assertThrowable(outer, IOException.class);
        ExceptionUtils.assertThrowableWithMessage(outer, "full");

        assertThatThrownBy(() -> ExceptionUtils.assertThrowable(outer, InterruptedException.class))
                .isSameAs(outer);
        assertThatThrownBy(() -> ExceptionUtils.assertThrowableWithMessage(outer, "empty"))
                .isSameAs(outer);
    }

    @Test
    void endsWhereCausesAreACircle() {
        Exception first = new Exception("first");
        Exception second = new Exception("second", first);
        first.initCause(second);

        assertThat(ExceptionUtils.findThrowable(first, IOException.class)).isEmpty();
    }

    @Test
    void throwsAsItIsWhatIsUnchecked() {
        assertThatThrownBy(() -> ExceptionUtils.rethrow(outer)).isSameAs(outer);
        assertThatThrownBy(() -> ExceptionUtils.rethrow(root, "while writing"))
                .isInstanceOf(RuntimeException.class)
                .hasMessage("while writing")
                .hasCause(root);
        assertThatThrownBy(() -> ExceptionUtils.rethrowException(root)).isSameAs(root);
    }

    @Test
    void remembersALaterFailureWithTheEarlierOne() {
        Exception later = new Exception("later");

        assertThat(ExceptionUtils.firstOrSuppressed(later, outer)).isSameAs(outer);
        assertThat(outer.getSuppressed()).containsExactly(later);
        assertThat(ExceptionUtils.firstOrSuppressed(later, null)).isSameAs(later);
    }

    @Test
    void takesOffWhatOnlySaysThatAFutureFailed() {
        assertThat(
                        ExceptionUtils.stripCompletionException(
                                new CompletionException(new CompletionException(root))))
                .isSameAs(root);
    }

    @Test
    void printsAStackTraceWithItsCauses() {
        assertThat(ExceptionUtils.stringifyException(outer))
                .startsWith("java.lang.IllegalStateException: outer")
                .contains("Caused by: java.io.IOException: disk full");
        assertThat(ExceptionUtils.stringifyException(null)).isEqualTo("(null)");
    }
}
