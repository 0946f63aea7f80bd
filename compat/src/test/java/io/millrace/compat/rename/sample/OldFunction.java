package io.millrace.compat.rename.sample;

import java.io.Serializable;

/** Stands for an interface that programs were compiled against. */
@FunctionalInterface
public interface OldFunction extends Serializable {
    String apply(String text);
}
