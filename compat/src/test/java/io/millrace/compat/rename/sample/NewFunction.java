package io.millrace.compat.rename.sample;

import java.io.Serializable;

/** Stands for the interface that they run with. */
@FunctionalInterface
public interface NewFunction extends Serializable {
    String apply(String text);
}
