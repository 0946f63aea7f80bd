package io.millrace.yarn.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.junit.jupiter.api.Test;

class UndoTest {
    private final List<String> undone = new ArrayList<>();

    /** Without a cluster: nothing here has reached one. */
    private Undo undo() {
        Undo undo = new Undo(null, ApplicationId.newInstance(1, 1));
        undo.onFailureRun(() -> undone.add("claim"));
        return undo;
    }

    @Test
    void takesBackWhatWasBegunOnce() {
        Undo undo = undo();
        undo.close();
        undo.close();
        assertThat(undone).containsExactly("claim");
    }

    @Test
    void keepsWhatHasComeToItsEnd() {
        try (Undo undo = undo()) {
            undo.keep();
        }
        assertThat(undone).isEmpty();
    }

    @Test
    void letsNothingBeSubmittedThatWasTakenBackAlready() {
        Undo undo = undo();
        undo.close();
        assertThatThrownBy(undo::onFailureKill)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("application_1_0001 is not run");
    }

    @Test
    void goesOnWhenOneThingCannotBeTakenBack() {
        Undo undo = new Undo(null, ApplicationId.newInstance(1, 1));
        undo.onFailureRun(
                () -> {
                    throw new IllegalStateException("nobody answers");
                });
        assertThatCode(undo::close).doesNotThrowAnyException();
    }
}
