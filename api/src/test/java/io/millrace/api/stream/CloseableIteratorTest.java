package io.millrace.api.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CloseableIteratorTest {
    private final List<String> closed = new ArrayList<>();

    private CloseableIterator<String> of(String... elements) {
        return CloseableIterator.fromList(List.of(elements), closed::add);
    }

    @Test
    void readsOneAfterTheOtherAndClosesAll() throws Exception {
        List<String> read = new ArrayList<>();
        try (CloseableIterator<String> all =
                CloseableIterator.flatten(of("a"), of(), of("b", "c"))) {
            read.add(all.next());
            read.add(all.next());
        }
        assertThat(read).containsExactly("a", "b");
        assertThat(closed).containsExactly("c");
    }

    @Test
    void closesTheOthersIfOneFails() {
        CloseableIterator<String> failing =
                CloseableIterator.adapterForIterator(
                        List.<String>of().iterator(),
                        () -> {
                            throw new IllegalStateException("first");
                        });
        assertThatThrownBy(() -> CloseableIterator.flatten(failing, of("x")).close())
                .hasMessage("first");
        assertThat(closed).containsExactly("x");
        assertThat(CloseableIterator.<String>empty().hasNext()).isFalse();
    }
}
