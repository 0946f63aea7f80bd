package io.millrace.api.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ThrowingFunctionsTest {
    private static String fail() throws IOException {
        throw new IOException("as it is");
    }

    @Test
    void letsCheckedExceptionsThroughUnwrapped() {
        assertThatThrownBy(() -> FunctionWithException.unchecked(x -> fail()).apply(1))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> ThrowingRunnable.unchecked(() -> fail()).run())
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> ThrowingConsumer.unchecked(x -> fail()).accept(1))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(
                        () ->
                                TriFunctionWithException.unchecked((a, b, c) -> fail())
                                        .apply(1, 2, 3))
                .isInstanceOf(IOException.class);
    }

    @Test
    void restoresTheContextClassLoader() {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        ClassLoader other = new ClassLoader(before) {};
        try (TemporaryClassLoaderContext ignored = TemporaryClassLoaderContext.of(other)) {
            assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(other);
        }
        assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
    }
}
