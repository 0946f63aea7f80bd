package io.millrace.yarn.master;

import io.millrace.api.error.ErrorCode;
import io.millrace.hdfs.HadoopErrors;
import java.io.IOException;
import java.util.Optional;

/**
 * Whether an attempt of the application master can act at all. YARN starts a later one with the
 * delegation tokens of the submission; where they have ended and no keytab is there to obtain
 * others, every further attempt would die in the same way, so the application ends and says why.
 * Pure but for the question.
 */
final class EndedTokens {
    private EndedTokens() {}

    /** Asks the file system of the staging directory for something small. */
    interface Question {
        void ask() throws IOException;
    }

    /**
     * @param attempt from 1; the first one has fresh tokens
     * @param renewed whether a keytab obtains new ones, now or, after a trouble, later
     * @param checkpoints the directory in which they stay
     * @return how the application ends; empty if it goes on
     */
    static Optional<Outcome> outcome(
            int attempt, boolean renewed, Question question, String checkpoints) {
        if (attempt == 1 || renewed) {
            return Optional.empty();
        }
        try {
            question.ask();
            return Optional.empty();
        } catch (IOException e) {
            // Whatever else it is may pass, and is met again by those who need the files.
            return HadoopErrors.isTokenTrouble(e)
                    ? Optional.of(ended(attempt, e, checkpoints))
                    : Optional.empty();
        }
    }

    private static Outcome ended(int attempt, IOException error, String checkpoints) {
        return Outcome.failed(
                ErrorCode.AUTHENTICATION_FAILED,
                "the application master died, and attempt "
                        + attempt
                        + " cannot act: the delegation tokens of the submission have ended ("
                        + HadoopErrors.firstLine(error)
                        + "), and no keytab is there to obtain others. Nothing in "
                        + checkpoints
                        + " was removed: 'millrace savepoint list "
                        + checkpoints
                        + "' shows the checkpoints; start the job again from the last one with"
                        + " 'run -s', and set 'security.kerberos.login.keytab' and"
                        + " 'security.kerberos.login.principal', so that it outlives its tokens.");
    }
}
