package io.millrace.compat.members;

/** The generations of Flink that have a class or member. */
public enum Generations {
    ONLY_1("1"),
    ONLY_2("2"),
    BOTH("12");

    private final String code;

    Generations(String code) {
        this.code = code;
    }

    /** Of the lists' column: 1, 2 or 12. */
    static Generations of(String code) {
        for (Generations each : values()) {
            if (each.code.equals(code)) {
                return each;
            }
        }
        throw new IllegalArgumentException("not a generation: '" + code + "'. It is 1, 2 or 12.");
    }
}
