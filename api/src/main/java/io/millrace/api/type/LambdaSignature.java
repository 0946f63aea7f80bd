package io.millrace.api.type;

import java.io.Serializable;
import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Method;

/**
 * The erased signature of a serializable lambda: its serialized form names the types that the
 * compiler put in for the interface's type parameters. A class without type parameters is thereby
 * known exactly.
 */
final class LambdaSignature {
    private LambdaSignature() {}

    /**
     * The result's class; null if {@code function} is no lambda or the result has type parameters.
     */
    static Class<?> resultOf(Object function) {
        if (!function.getClass().isSynthetic() || !(function instanceof Serializable)) {
            return null;
        }
        try {
            Method writeReplace = function.getClass().getDeclaredMethod("writeReplace");
            writeReplace.setAccessible(true);
            if (writeReplace.invoke(function) instanceof SerializedLambda lambda) {
                Class<?> result =
                        MethodType.fromMethodDescriptorString(
                                        lambda.getInstantiatedMethodType(),
                                        function.getClass().getClassLoader())
                                .returnType();
                return hasParameters(result) ? null : result;
            }
            return null;
        } catch (ReflectiveOperationException | TypeNotPresentException e) {
            // Not a lambda as the JDK makes them: its type is found from the records instead.
            return null;
        }
    }

    private static boolean hasParameters(Class<?> type) {
        Class<?> element = type;
        while (element.isArray()) {
            element = element.getComponentType();
        }
        return element.getTypeParameters().length > 0;
    }
}
