package io.millrace.host.check;

/**
 * Something that a look at a program has found. Immutable.
 *
 * @param rule a short name, for scripts
 * @param what is so
 * @param where operator, option, file or directory
 * @param advice what to do
 */
public record Finding(Severity severity, String rule, String what, String where, String advice) {
    /** How bad it is, the worst first. */
    public enum Severity {
        /** The job will not start, or not do what it is for. */
        ERROR,
        /** It will run, and sooner or later somebody will be sorry. */
        WARNING,
        /** To be known; or what the check cannot tell. */
        NOTE
    }

    public static Finding error(String rule, String what, String where, String advice) {
        return new Finding(Severity.ERROR, rule, what, where, advice);
    }

    public static Finding warning(String rule, String what, String where, String advice) {
        return new Finding(Severity.WARNING, rule, what, where, advice);
    }

    public static Finding note(String rule, String what, String where, String advice) {
        return new Finding(Severity.NOTE, rule, what, where, advice);
    }
}
