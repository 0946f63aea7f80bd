package io.millrace.api.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PreconditionsTest {
    @Test
    void returnsWhatIsNotNull() {
        assertThat(Preconditions.checkNotNull("a")).isEqualTo("a");
        assertThatThrownBy(() -> Preconditions.checkNotNull(null, "no %s of %s", 1, 2))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("no 1 of 2");
    }

    @Test
    void fillsPlacesAndLosesNoArgument() {
        assertThatThrownBy(() -> Preconditions.checkArgument(false, "a %s", 1, 2, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a 1 [2, 3]");
        assertThatThrownBy(() -> Preconditions.checkState(false, "%s %s", 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("1 %s");
    }

    @Test
    void checksIndicesAndFutures() {
        Preconditions.checkElementIndex(1, 2);
        assertThatThrownBy(() -> Preconditions.checkElementIndex(2, 2))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("2 is not in [0, 2)");
        Preconditions.checkCompletedNormally(CompletableFuture.completedFuture(1));
        assertThatThrownBy(() -> Preconditions.checkCompletedNormally(new CompletableFuture<>()))
                .isInstanceOf(IllegalStateException.class);
    }
}
