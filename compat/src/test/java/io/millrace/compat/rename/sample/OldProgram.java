package io.millrace.compat.rename.sample;

import java.util.function.Supplier;

/** Stands for a program; it is renamed before it runs. */
public final class OldProgram implements Supplier<Object> {
    static final String NAME = "io.millrace.compat.rename.sample.OldFunction";

    /** A serializable lambda of the old interface. */
    @Override
    public Object get() {
        OldFunction shout = text -> text + "!";
        return shout;
    }

    /** Names of classes in strings, and a text that only begins like one. */
    public static String[] names() {
        return new String[] {
            NAME,
            "io/millrace/compat/rename/sample/OldFunction",
            "io.millrace.compat.rename.sample.OldFunction is a class",
        };
    }
}
