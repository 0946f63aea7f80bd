package io.millrace.api.type;

import java.io.Serializable;

/**
 * Names a type where a program declares state; see {@link TypeDescriptors}.
 *
 * @param <T> the type
 */
public interface TypeDescriptor<T> extends Serializable {
    Class<T> getTypeClass();
}
