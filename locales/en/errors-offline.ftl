# Entries waiting on a phone, trusted phones.
OFF-001 = Somebody else wrote this entry on the same phone.
    .next = It is sent when its writer signs in.
OFF-002 = The PIN must be six digits, not one digit six times nor a run of digits.
    .next = Choose another six digits that you can remember.
OFF-003 = The two PINs differ.
    .next = Type both again.
OFF-004 = Wrong PIN. { $left } tries left.
    .next = If you have forgotten it, sign in with your password and set another.
OFF-005 = This phone is locked after too many wrong PINs.
    .next = Sign in with your password. Reports waiting on this phone stay and are sent after you sign in.
OFF-006 = This phone was reported lost and does not open with a PIN.
    .next = If you still have it, sign in with your password. Reports waiting on this phone stay and are sent after you sign in.
OFF-007 = This phone is not trusted yet.
    .next = Sign in with your password, then set a PIN under “This phone”.
OFF-008 = This account does not report for a facility and uses no PIN.
    .next = Sign in with your password.
