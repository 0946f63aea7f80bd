package io.millrace.runtime.loader;

import io.millrace.api.error.ExitInFunctionError;
import java.nio.charset.StandardCharsets;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Leads the calls of a class that would end the process to {@link ExitInFunctionError}. Pure.
 *
 * <p>Calls by reflection or from native code are not found.
 */
/* Most classes have no such call. A search of the bytes for the two words that each of them must hold
 * in its constant pool costs far less than reading the class.
 */
final class ExitGuard {
    private static final int ASM_API = Opcodes.ASM9;
    private static final String GUARD = Type.getInternalName(ExitInFunctionError.class);
    private static final String SYSTEM = "java/lang/System";
    private static final String RUNTIME = "java/lang/Runtime";
    private static final String ON_RUNTIME = "(Ljava/lang/Runtime;I)V";

    private static final byte[][] OWNERS = {utf8(SYSTEM), utf8(RUNTIME)};
    private static final byte[][] NAMES = {utf8("exit"), utf8("halt")};

    private ExitGuard() {}

    // As the constant pool has it: tag, length, bytes.
    private static byte[] utf8(String text) {
        byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
        byte[] entry = new byte[ascii.length + 3];
        entry[0] = 1;
        entry[2] = (byte) ascii.length;
        System.arraycopy(ascii, 0, entry, 3, ascii.length);
        return entry;
    }

    /** The class as it should be loaded; the argument itself if it never ends the process. */
    static byte[] guarded(byte[] classFile) {
        if (!holdsAny(classFile, OWNERS) || !holdsAny(classFile, NAMES)) {
            return classFile;
        }
        ClassReader reader = new ClassReader(classFile);
        ClassWriter writer = new ClassWriter(reader, 0);
        reader.accept(
                new ClassVisitor(ASM_API, writer) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access, String name, String type, String generic, String[] thrown) {
                        return new GuardedMethod(
                                super.visitMethod(access, name, type, generic, thrown));
                    }
                },
                0);
        return writer.toByteArray();
    }

    private static boolean holdsAny(byte[] classFile, byte[][] words) {
        for (byte[] word : words) {
            if (holds(classFile, word)) {
                return true;
            }
        }
        return false;
    }

    private static boolean holds(byte[] bytes, byte[] word) {
        int last = bytes.length - word.length;
        int distinct = word.length - 1;
        for (int i = 0; i <= last; i++) {
            if (bytes[i + distinct] == word[distinct] && matches(bytes, i, word)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(byte[] bytes, int from, byte[] word) {
        for (int i = 0; i < word.length; i++) {
            if (bytes[from + i] != word[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean endsTheProcess(String owner, String name, String type) {
        return type.equals("(I)V")
                && (owner.equals(SYSTEM) && name.equals("exit")
                        || owner.equals(RUNTIME) && (name.equals("exit") || name.equals("halt")));
    }

    private static final class GuardedMethod extends MethodVisitor {
        GuardedMethod(MethodVisitor next) {
            super(ASM_API, next);
        }

        @Override
        public void visitMethodInsn(
                int opcode, String owner, String name, String type, boolean isInterface) {
            if (endsTheProcess(owner, name, type)) {
                super.visitMethodInsn(
                        Opcodes.INVOKESTATIC, GUARD, name, guardType(owner, type), false);
            } else {
                super.visitMethodInsn(opcode, owner, name, type, isInterface);
            }
        }

        // A method reference such as System::exit.
        @Override
        public void visitInvokeDynamicInsn(
                String name, String type, Handle bootstrap, Object... arguments) {
            Object[] guarded = new Object[arguments.length];
            for (int i = 0; i < arguments.length; i++) {
                guarded[i] = arguments[i] instanceof Handle handle ? of(handle) : arguments[i];
            }
            super.visitInvokeDynamicInsn(name, type, bootstrap, guarded);
        }

        private static Handle of(Handle handle) {
            return endsTheProcess(handle.getOwner(), handle.getName(), handle.getDesc())
                    ? new Handle(
                            Opcodes.H_INVOKESTATIC,
                            GUARD,
                            handle.getName(),
                            guardType(handle.getOwner(), handle.getDesc()),
                            false)
                    : handle;
        }

        private static String guardType(String owner, String type) {
            return owner.equals(RUNTIME) ? ON_RUNTIME : type;
        }
    }
}
