package io.millrace.api.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class ApplicationIDTest {
    @Test
    void readsBackItsTextAndBytes() {
        ApplicationID id = ApplicationID.generate();
        assertThat(ApplicationID.fromHexString(id.toHexString())).isEqualTo(id);
        assertThat(ApplicationID.fromByteBuffer(ByteBuffer.wrap(id.getBytes()))).isEqualTo(id);
        assertThat(new ApplicationID(id.getLowerPart(), id.getUpperPart())).isEqualTo(id);
    }

    @Test
    void isNeverEqualToAnIdOfAnotherKind() {
        assertThat(new ApplicationID(1, 2)).isNotEqualTo(new JobID(1, 2));
        assertThat(new ApplicationID(1, 2).compareTo(new ApplicationID(2, 2))).isNegative();
        assertThatThrownBy(() -> ApplicationID.fromHexString("x")).hasMessageContaining("'x'");
    }

    @Test
    void takesItsStateFromItsJob() {
        assertThat(ApplicationState.fromJobStatus(JobStatus.RESTARTING))
                .isEqualTo(ApplicationState.RUNNING);
        assertThat(ApplicationState.fromJobStatus(JobStatus.FINISHED).isTerminalState()).isTrue();
        assertThatThrownBy(() -> ApplicationState.fromJobStatus(JobStatus.SUSPENDED))
                .hasMessageContaining("SUSPENDED");
    }
}
