package io.millrace.yarn.master;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.ipc.RemoteException;
import org.apache.hadoop.security.token.SecretManager;
import org.apache.hadoop.yarn.api.records.FinalApplicationStatus;
import org.junit.jupiter.api.Test;

class EndedTokensTest {
    private static final String CHECKPOINTS = "hdfs://n/checkpoints";

    private static EndedTokens.Question refusedWith(IOException error) {
        return () -> {
            throw error;
        };
    }

    @Test
    void aLaterAttemptWithEndedTokensSaysWhatToDo() {
        for (IOException error :
                new IOException[] {
                    new SecretManager.InvalidToken("token (ann) has expired"),
                    new RemoteException(
                            SecretManager.InvalidToken.class.getName(), "token (ann) has expired")
                }) {
            Outcome outcome =
                    EndedTokens.outcome(2, false, refusedWith(error), CHECKPOINTS).orElseThrow();

            assertThat(outcome.status()).isEqualTo(FinalApplicationStatus.FAILED);
            assertThat(outcome.diagnostics())
                    .startsWith("AUTHENTICATION_FAILED: the application master died, and attempt 2")
                    .contains("token (ann) has expired")
                    .contains("'millrace savepoint list " + CHECKPOINTS + "'")
                    .contains("'security.kerberos.login.keytab'");
        }
    }

    @Test
    void whatMayPassIsLeftToThoseWhoNeedTheFiles() {
        assertThat(
                        EndedTokens.outcome(
                                2, false, refusedWith(new ConnectException("no")), CHECKPOINTS))
                .isEmpty();
        assertThat(EndedTokens.outcome(2, false, () -> {}, CHECKPOINTS)).isEmpty();
    }

    @Test
    void nobodyIsAskedWhereTokensAreFreshOrComeAnew() {
        AtomicInteger questions = new AtomicInteger();

        assertThat(EndedTokens.outcome(1, false, questions::incrementAndGet, CHECKPOINTS))
                .isEmpty();
        assertThat(EndedTokens.outcome(2, true, questions::incrementAndGet, CHECKPOINTS)).isEmpty();

        assertThat(questions).hasValue(0);
    }
}
